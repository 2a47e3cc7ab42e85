"""The report's own catalogue: same keys and same slots in Indonesian and English, kept in files by subject."""

from __future__ import annotations

from getok.analysis.language.numbers import Lang
from getok.analysis.report.words_answer import ANSWER
from getok.analysis.report.words_body import BODY
from getok.analysis.report.words_evidence import EVIDENCE
from getok.analysis.report.words_page import PAGE

LANGS: tuple[Lang, ...] = ("en", "id")
REPORT_WORDS: dict[Lang, dict[str, str]] = {
    lang: {**PAGE[lang], **ANSWER[lang], **BODY[lang], **EVIDENCE[lang]} for lang in LANGS
}
"""What each sentence may say is written at the top of the section that says it, and in ``docs/report.md``."""
