"""For developers: Django's own commands (``makemigrations``, ``shell``). Users have ``pendamping``."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendamping.web.settings")
    execute_from_command_line(sys.argv)
