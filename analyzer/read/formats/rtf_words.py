"""The control words of RTF that say which groups are displayed, and those that stand for characters."""

from __future__ import annotations

_SKIPPED_WORDS = """
    fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf
    ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn listtable listoverridetable revtbl rsidtbl generator themedata
    colorschememapping latentstyles datastore xmlnstbl fldinst bkmkstart bkmkend annotation atnid atnauthor atnref
    atndate atrfstart atrfend pn private mmathPr nonesttables listpicture filetbl shpinst do template pgdsctbl
"""
SKIPPED = frozenset(_SKIPPED_WORDS.split())
"""Groups whose content is not displayed."""
READ = frozenset({"shptxt", "shprslt", "fldrslt", "listtext", "pntext", "footnote", "upr", "ud"})
"""Groups of which something is displayed although a star stands before their word."""
CHARACTERS = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "endash": "–", "emdash": "—", "enspace": " ", "emspace": " ", "qmspace": " ", "page": "\n", "column": "\n",
}  # fmt: skip
"""Words that stand for a character."""
SYMBOLS = {"~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}"}
"""Symbols that stand for a character."""
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
"""The encoding of each set of characters that a font may have."""
