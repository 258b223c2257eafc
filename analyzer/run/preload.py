"""What the analysis of any file needs, imported and read once for all worker processes.

The server that forks them imports this module (``Work.preload``), so that a process starts with it.
"""

from __future__ import annotations

from contextlib import suppress

import numpy as np  # noqa: F401

import analyzer.present.tables  # noqa: F401
from analyzer.assemble.model_file import bundled_model
from analyzer.errors import AnalyzerError
from analyzer.knowledge import load_knowledge

with suppress(AnalyzerError):  # It is reported where it is used.
    load_knowledge()
    bundled_model()
