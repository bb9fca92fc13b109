"""The hook that PyInstaller runs for every program that imports `aicop.mcp`."""

from aicop._pyinstaller import modules_of

hiddenimports = modules_of("mcp")
