def mapping_faults(row, natures):
    return iter(())
