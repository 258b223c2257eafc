"""``lpa serve`` and ``lpa mcp``: a collection for the browser and for assistants, to be read alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import USAGE, KnowledgeOption, console, plain, reporting

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the results of 'lpa analyze'.")]


def serve(
    folder: Folder,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 for any that is free.")] = 8001,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show a collection in the browser: the hub at /, its tables with filters and queries at /lpa (Datasette).

    Only the browser on this machine gets an answer, and nothing can be changed. Ctrl-C ends it. Needs the extra
    'serve'. Example: lpa serve lpa-out --port 8001. Exit code: 0 ended, 2 the folder holds no collection, or the port
    is taken.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.serve.web import HOST, listen, web_pages

        pages = web_pages(folder, load_knowledge(knowledge))
        import uvicorn

        with listen(port) as socket:
            where = f"http://{HOST}:{socket.getsockname()[1]}"
            console().print(plain(f"The hub: {where}/   The tables: {where}/lpa   End with Ctrl-C."), soft_wrap=True)
            sys.stdout.flush()
            uvicorn.Server(uvicorn.Config(pages, log_level="error", access_log=False)).run(sockets=[socket])


def mcp(folder: Folder, knowledge: KnowledgeOption = None) -> None:
    """Answer an assistant that speaks the Model Context Protocol, over standard input and output.

    It offers the tools search, provision, agreement, indicators and instruments. Each answer quotes the exact words
    with citation and address, and is bounded; nothing can be changed, and no other file is read. Needs the extra
    'mcp'. Example, in the settings of an assistant: lpa mcp /path/to/lpa-out. Exit code: 0 ended, 2 the folder holds
    no collection.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.serve.assistants import assistant_server

        assistant_server(folder, load_knowledge(knowledge)).run("stdio")
