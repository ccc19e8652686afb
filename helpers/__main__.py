"""The command line: python -m helpers run|check|site|tables [FOLDER]."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command and give its exit status.

    Parameters
    ----------
    arguments : words of the command line; by default those of this process

    Returns
    -------
    0, or 1 with a message on the error stream; 130 where it was interrupted
    """
    parser = argparse.ArgumentParser(prog="python -m helpers", description="Run, check and render the notebooks.")
    parser.add_argument("command", choices=["run", "check", "site", "tables"])
    parser.add_argument("folder", nargs="?", default="notebooks", help="the notebooks; by default notebooks")
    asked = parser.parse_args(arguments)
    folder = Path(asked.folder)
    from helpers import build, spans

    if not build.notebooks(folder) if folder.is_dir() else True:
        print(f"{folder} holds no notebook; name the folder with the .ipynb files", file=sys.stderr)
        return 1
    try:
        if asked.command == "run":
            build.run(folder)
        elif asked.command == "check":
            differences = build.check(folder)
            print("\n".join(differences) or "all stored outputs are what a rerun gives", file=sys.stderr)
            return 1 if differences else 0
        elif asked.command == "tables":
            print(f"{build.tables(folder)} tables in {folder.parent / 'tables'}")
        else:
            from helpers import site

            print(f"{site.build(folder, folder.parent / 'site')} pages in {folder.parent / 'site'}")
    except (build.BuildError, spans.CorpusError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; every notebook is as it was stored or ran whole", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
