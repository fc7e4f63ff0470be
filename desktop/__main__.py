"""``python -m desktop``."""

import sys

from desktop.command_line import main

sys.exit(main())
