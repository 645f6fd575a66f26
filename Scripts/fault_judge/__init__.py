"""The judge of the fault tests: it knows a store and a ledger, and nothing of who caused the faults.

Modules: `evidence` reads, `moments` computes what was due, `store_rules`, `ledger_rules` and `stop_rules` judge, `history`
compares with an earlier look, `downtime` holds what was missed to the policies, `self_test` plants violations of each
kind (`plants`) into what is `sound`.
"""
