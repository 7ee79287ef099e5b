"""The command line: every job that a script or a cron line needs."""
