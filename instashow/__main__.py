"""`python -m instashow`"""

import sys

from instashow.cli.main import main

sys.exit(main())
