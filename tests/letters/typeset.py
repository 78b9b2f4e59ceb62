"""Makes the TXT, DOCX and two PDFs of each letter.html: `python -m tests.letters.typeset`.

Run by hand, where LibreOffice (Writer), Chromium and Debian's fonts-croscore are installed; what it
makes is committed. Names of letters after it make those alone.
"""

import sys
from pathlib import Path

from tests.letters.typesetting import plain, printed, source, word

HERE = Path(__file__).parent


def main(names: list[str]) -> None:
    """Typeset the letters of these names, or all."""
    folders = [page.parent for page in sorted(HERE.glob("*/*/letter.html"))]
    letters = {
        folder: source.read(folder / "letter.html")
        for folder in folders
        if not names or folder.name in names
    }
    if strangers := set(names) - {folder.name for folder in letters}:
        sys.exit(f"no letter is named {', '.join(sorted(strangers))}")
    for folder, letter in letters.items():
        (folder / "letter.txt").write_text(plain.text(letter), encoding="utf-8")
        word.write(letter, folder / "letter.docx")
    printed.print_all(letters)


if __name__ == "__main__":
    main(sys.argv[1:])
