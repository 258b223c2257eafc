"""What most worker processes of the tests build when they start: imported once by the server that forks them."""

from __future__ import annotations

import gc

import analyzer.run.preload  # noqa: F401
import tests.support  # noqa: F401
from analyzer.api import Analyzer
from analyzer.types import Document

Analyzer().analyze_document(Document("warm", "Article 1\n\nEach Party shall respect labour rights.", "en"))
gc.freeze()
