"""The hook that PyInstaller runs for every program that imports aicop."""

from aicop._pyinstaller import core_modules, data_files

hiddenimports = core_modules()
datas = data_files()
