"""What the processes that ``berth`` runs in are forked from: the program, with all its commands read.

It is loaded last, and frozen: the first collection of garbage in each process would else look through all of it, which
takes ten times as long as a command.
"""

import gc

from berth.app.main import commands

commands()
gc.freeze()
