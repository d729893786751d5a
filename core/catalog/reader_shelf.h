// The open Readers of a ReaderPool that nobody uses just now. Thread-safe.
#pragma once

#include "catalog/reader.h"

#include <mutex>
#include <vector>

namespace gatehouse::catalog
{

class ReaderShelf
{
public:
    std::unique_ptr<Reader> take(); // none: open one
    void put(std::unique_ptr<Reader> reader);

private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Reader>> m_idle;
};

} // namespace gatehouse::catalog
