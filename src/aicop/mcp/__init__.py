"""A server of the Model Context Protocol, through which language models ask a library; it needs the extra ``mcp``."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.mcp.protocol import run, server
else:
    __getattr__, __dir__ = attach(__name__, {"protocol": ("run", "server")})

__all__ = ["run", "server"]
