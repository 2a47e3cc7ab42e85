"""``python -m getok`` is the command."""

from getok.cli.app import run_as_script

if __name__ == "__main__":
    run_as_script()
