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

from analyzer.api import Analysis, Analyzer, ratifications
from analyzer.assemble.model_file import load_model
from analyzer.bundled import VERSION
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
