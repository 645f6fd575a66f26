"""The scripts that jobs run. Each writes its start, its end, and where it lasts, its ticks into the ledger.

One line is one write to a file opened for appending, so that lines of different processes never mix. A line holds the
real time and how far the program's clock was ahead of it.
"""

NOTE = """#!/bin/bash
ledger='{ledger}'
clock='{clock}'
note() {{
    local offset=0
    [ -r "$clock" ] && read -r offset < "$clock"
    echo "$1 $ROTA_RUN $ROTA_DUE $ROTA_ATTEMPT $BASHPID $PPID $EPOCHREALTIME ${{offset:-0}} $ROTA_SCRIPT" >> "$ledger"
}}
ticks() {{
    local left=$1
    while [ "$left" -gt 0 ]; do note tick; sleep 0.1; left=$((left - 1)); done
}}
note start
"""

BODIES = {
    # Lasts as long as it takes to write two lines.
    "instant": "note end\n",
    "short": "sleep {seconds}\nnote end\n",
    # Ticks ten times a second.
    "steady": "ticks {ticks}\nnote end\n",
    # The work is done by a child in the same group.
    "child": "( ticks {ticks}; note end ) &\nwait\n",
    # The work is done in a session of its own.
    "setsid": "export ledger clock\nexport -f note ticks\nsetsid --wait bash -c 'ticks {ticks}; note end'\n",
    # The work is done by a grandchild that nobody waits for; the script itself lasts a little longer.
    "double-fork": "( ( ticks {ticks}; note end ) & )\nsleep {longer}\n",
    # The same in a session of its own: it is in no group that anybody knows.
    "daemon": "export ledger clock\nexport -f note ticks\n( setsid bash -c 'ticks {ticks}; note end' & )\nsleep {longer}\n",
    # Leaves a child behind.
    "litter": "sleep 300 &\nnote end\n",
    # Leaves one behind that is in a session of its own by the time the script ends.
    "daemon-litter": "( setsid sleep 300 & )\nsleep 0.3\nnote end\n",
    "deaf": "trap '' TERM INT HUP\nticks {ticks}\nnote end\n",
    "flood": "timeout {seconds} yes 0123456789012345678901234567890123456789012345678901234567890123456789\nnote end\n",
    "line-flood": "timeout {seconds} tr '\\0' x < /dev/zero\nnote end\n",
    "error-flood": "timeout {seconds} yes 'what is this' >&2\nnote end\n",
}


def text(kind, ledger, clock, seconds=1.0):
    body = BODIES[kind].format(seconds=seconds, ticks=round(seconds * 10), longer=seconds * 1.3 + 0.5)
    return NOTE.format(ledger=ledger, clock=clock) + body
