"""The knowledge that lawyers may edit, loaded and checked: codebook, thesaurus, rules, instruments, States, words.

* ``load``, ``build``: from the files to ``knowledge.Knowledge``, the object with all of it.
* ``files``, ``overlay``: the files of the package, and a user's folder that overrides them.
* ``checks``, ``schema_…``: the schemas of the files and their validation.
* ``labels``, ``codebook``, ``rules``, ``instruments``, ``sets``, ``states``, ``names``, ``ratifications``,
  ``strength``, ``structure``, ``metadata``, ``languages``, ``export_words``, ``words``: the parts of ``Knowledge``.
* ``normlex``, ``export_rows``: updates of the ratifications.
"""

from analyzer.knowledge.knowledge import Knowledge
from analyzer.knowledge.load import load_knowledge

__all__ = ["Knowledge", "load_knowledge"]
