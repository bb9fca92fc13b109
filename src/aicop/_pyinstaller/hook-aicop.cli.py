"""The hook that PyInstaller runs for every program that imports `aicop.cli`."""

from aicop._pyinstaller import modules_of

hiddenimports = modules_of("cli")
