// Has low-res copies and previews made before anybody asks: the newest clips first, one at a time, while the
// PC is idle and not on battery, every new file has been examined, and there is room. Engine's main thread.
#pragma once

#include "base/machine.h"
#include "ingest/copies/copy_limit.h"
#include "ingest/copies/copy_maker.h"

#include <functional>
#include <optional>

namespace gatehouse::ingest
{

class IdleCopies : public QObject
{
    Q_OBJECT

public:
    // `examining`: files awaiting examination. All outlive this.
    IdleCopies(CopyMaker &maker, CopyLimit &limit, catalog::ReaderPool &readers, catalog::Changes &changes,
               Machine &machine, std::function<int()> examining, QObject *parent = nullptr);

    // Each call searches all clips again, also those that could not be read or had no room before.
    void setEnabled(bool on);
    // Makes the next one, if this is the time for it. Also called by a timer.
    void look();

private:
    struct Next {
        catalog::Item item;
        catalog::DerivativeKind kind = catalog::DerivativeKind::LowRes;
    };
    // Clips to look at, exclusive.
    struct Range {
        ItemId after;
        ItemId before;
    };
    struct Finding {
        std::optional<Next> next;
        std::optional<Range> left; // not searched, because their copies would be the first to go
    };

    [[nodiscard]] bool isTime();
    void searchAll();
    void add(const QVector<catalog::ItemChange> &changes);
    void take(const Result<Finding> &finding, Range searched, qsizetype position);
    void make(const Next &next);
    void leaveOut(ItemId item);
    void postpone(Range range);
    static Result<Finding> find(catalog::Reader &reader, Range range, bool isNearlyFull);

    CopyMaker &m_maker;
    CopyLimit &m_limit;
    catalog::ReaderPool &m_readers;
    Machine &m_machine;
    std::function<int()> m_examining;
    QTimer m_timer;
    QVector<Range> m_ranges;          // the latest first to be searched; without the one being searched
    std::optional<Range> m_postponed; // until copies are well below their limit
    bool m_isEnabled = false;
    bool m_isSearching = false;
};

} // namespace gatehouse::ingest
