"""Faults injected into a real `rota`, one module for each group of them.

`world` holds the choices, the checks and the figures, `home` one store with its jobs, `scripts` what the jobs run,
`processes` who was started and ends them again. Who judges is `Scripts/judge`, a program of its own.
"""
