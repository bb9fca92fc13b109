"""The data files of aicop; `aicop._resources` reads them."""
