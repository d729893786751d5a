// The open Readers of a ReaderPool that nobody uses just now. Those of a file that another one took the place
// of (a repair) are dropped. Thread-safe.
#pragma once

#include "catalog/reader.h"

#include <mutex>
#include <utility>
#include <vector>

namespace gatehouse::catalog
{

class ReaderShelf
{
public:
    using FileId = std::pair<quint64, quint64>; // device, inode

    std::unique_ptr<Reader> take(FileId file); // none: open one
    void put(std::unique_ptr<Reader> reader, FileId file);

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Reader>> m_idle;
    FileId m_file; // of all of them
};

} // namespace gatehouse::catalog
