"""Labour-provision analyzer: agreement files in, a table of labour provisions out.

>>> import analyzer
>>> from analyzer.bundled import bundled
>>> result = analyzer.analyze(bundled("corpus/texts") / "norwell-veridia.txt")
>>> result.to_frame()[["clause_id", "categories", "strength"]].shape[1]
3

The verbs are ``read``, ``segment``, ``analyze`` and ``analyze_folder``; ``load_knowledge`` gives codebook and rules,
``find_instruments`` and ``ratifications`` say what a text cites and who is bound by it.
What ``analyze_folder`` returns, and ``load_results`` reads back, can be asked and drawn: see
``analyzer.present.study``. Every error that bad input can cause is an ``AnalyzerError``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from analyzer.bundled import VERSION

if TYPE_CHECKING:
    from analyzer.api import Analysis, Analyzer, ratifications
    from analyzer.assemble.model_file import load_model
    from analyzer.collection.results import StoredResults, read_results
    from analyzer.collection.search import search
    from analyzer.collection.verify import verify_results
    from analyzer.errors import AnalyzerError, KnowledgeError, ModelError, ReadError, TableError
    from analyzer.knowledge import Knowledge, load_knowledge
    from analyzer.knowledge.ratifications import Ratification
    from analyzer.limits import Limits
    from analyzer.present.precedents import Precedent, find_precedents
    from analyzer.present.results import Results, load_results
    from analyzer.read.file import read
    from analyzer.run.alone import analyze
    from analyzer.run.batch import BatchResult, analyze_folder
    from analyzer.segment import segment
    from analyzer.tag.instruments import find_instruments
    from analyzer.types import Clause, Document, Provision, Reference, Tag

__version__ = VERSION

__all__ = [
    "Analysis",
    "Analyzer",
    "AnalyzerError",
    "BatchResult",
    "Clause",
    "Document",
    "Knowledge",
    "KnowledgeError",
    "Limits",
    "ModelError",
    "Precedent",
    "Provision",
    "Ratification",
    "ReadError",
    "Reference",
    "Results",
    "StoredResults",
    "TableError",
    "Tag",
    "analyze",
    "analyze_folder",
    "find_instruments",
    "find_precedents",
    "load_knowledge",
    "load_model",
    "load_results",
    "ratifications",
    "read",
    "read_results",
    "search",
    "segment",
    "verify_results",
]

_PLACES = {
    "Analysis": "analyzer.api",
    "Analyzer": "analyzer.api",
    "AnalyzerError": "analyzer.errors",
    "BatchResult": "analyzer.run.batch",
    "Clause": "analyzer.types",
    "Document": "analyzer.types",
    "Knowledge": "analyzer.knowledge",
    "KnowledgeError": "analyzer.errors",
    "Limits": "analyzer.limits",
    "ModelError": "analyzer.errors",
    "Precedent": "analyzer.present.precedents",
    "Provision": "analyzer.types",
    "Ratification": "analyzer.knowledge.ratifications",
    "ReadError": "analyzer.errors",
    "Reference": "analyzer.types",
    "Results": "analyzer.present.results",
    "StoredResults": "analyzer.collection.results",
    "TableError": "analyzer.errors",
    "Tag": "analyzer.types",
    "analyze": "analyzer.run.alone",
    "analyze_folder": "analyzer.run.batch",
    "find_instruments": "analyzer.tag.instruments",
    "find_precedents": "analyzer.present.precedents",
    "load_knowledge": "analyzer.knowledge",
    "load_model": "analyzer.assemble.model_file",
    "load_results": "analyzer.present.results",
    "ratifications": "analyzer.api",
    "read": "analyzer.read.file",
    "read_results": "analyzer.collection.results",
    "search": "analyzer.collection.search",
    "segment": "analyzer.segment",
    "verify_results": "analyzer.collection.verify",
}
"""The module of each public name; it is imported when the name is asked for."""


class _Package(ModuleType):
    """This package, whose public names are imported on demand.

    ``read`` and ``segment`` are functions for whoever uses the package, and folders with modules for the package
    itself. The import of such a folder sets it as an attribute; the public function stays what one gets.
    """

    def __getattr__(self, name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        found = getattr(import_module(_PLACES[name]), name)
        super().__setattr__(name, found)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, unless a folder would hide the public name that it shares."""
        if name not in _PLACES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_PLACES})


sys.modules[__name__].__class__ = _Package
