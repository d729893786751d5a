#include "timeline/accessible_lanes.h"

#include "models/time_text.h"
#include "timeline/lane_view.h"
#include "widgets/format.h"

#include <QAccessibleWidget>
#include <QPointer>
#include <algorithm>
#include <utility>

namespace gatehouse::timeline
{

namespace
{

// An object without a widget: a lane or an item of one. The root keeps it, by its content, as long as it is
// shown.
class Node : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    Node(LaneView &view, QAccessibleInterface &parent)
        : m_view(&view), m_parent(QAccessible::uniqueId(&parent))
    {
    }

    [[nodiscard]] bool isValid() const override { return m_view != nullptr; }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QWindow *window() const override
    {
        return m_view ? m_view->window()->windowHandle() : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return QAccessible::accessibleInterface(m_parent);
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            QAccessibleInterface *one = child(i);
            if (one && one->rect().contains(x, y))
                return one;
        }
        return nullptr;
    }
    void setText(QAccessible::Text, const QString &) override {}
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    [[nodiscard]] QStringList keyBindingsForAction(const QString &) const override { return {}; }

protected:
    QPointer<LaneView> m_view;

private:
    QAccessible::Id m_parent;
};

class ItemNode final : public Node
{
public:
    ItemNode(LaneView &view, QAccessibleInterface &parent, TrackId track, SpokenItem item)
        : Node(view, parent), m_track(track), m_item(std::move(item))
    {
    }

    [[nodiscard]] const SpokenItem &item() const { return m_item; }
    [[nodiscard]] QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Name ? m_item.text : QString();
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QRect rect() const override
    {
        return m_view ? m_view->globalRectOf(m_track, m_item.range) : QRect();
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State out;
        out.selectable = m_item.item.isValid();
        out.focusable = out.selectable;
        out.selected = m_view && m_item.item.isValid() && m_view->isSelected(m_item.item);
        out.offscreen = rect().isEmpty();
        return out;
    }
    void doAction(const QString &action) override
    {
        if (m_view && action == pressAction())
            m_view->press(m_track, m_item);
    }

private:
    TrackId m_track;
    SpokenItem m_item;
};

class LaneNode final : public Node
{
public:
    LaneNode(LaneView &view, QAccessibleInterface &parent, TrackPtr track)
        : Node(view, parent), m_track(std::move(track))
    {
    }
    ~LaneNode() override { forget(m_children); }
    Q_DISABLE_COPY_MOVE(LaneNode)

    [[nodiscard]] TrackId track() const { return m_track->id(); }
    [[nodiscard]] QString text(QAccessible::Text what) const override
    {
        if (!m_view || what != QAccessible::Name)
            return {};
        const QDate day = m_view->axis().day();
        const QString name = LaneView::tr("%1, %2 on %3")
                                 .arg(m_track->name(), m_track->totalsOn(day).text(), widgets::dayText(day));
        const LaneNote *note = m_view->notes().of(m_track->camera());
        return note ? LaneView::tr("%1, %2").arg(name, note->text) : name;
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::List; }
    [[nodiscard]] QRect rect() const override
    {
        return m_view ? m_view->globalRectOf(m_track->id(), m_view->axis().scale().range()) : QRect();
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State out;
        out.offscreen = rect().isEmpty();
        return out;
    }
    [[nodiscard]] int childCount() const override
    {
        refresh();
        return int(m_children.size());
    }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        refresh();
        return QAccessible::accessibleInterface(m_children.value(index));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        return int(m_children.indexOf(QAccessible::uniqueId(const_cast<QAccessibleInterface *>(child))));
    }
    void doAction(const QString &action) override
    {
        if (m_view && action == pressAction())
            m_view->press(m_track->id(), {});
    }

private:
    static void forget(const QVector<QAccessible::Id> &nodes)
    {
        for (const QAccessible::Id id : nodes)
            QAccessible::deleteAccessibleInterface(id);
    }

    // What is still shown keeps its identity, so that a reader does not lose its place while new items
    // arrive.
    void refresh() const
    {
        if (!m_view || m_revision == m_view->revision())
            return;
        m_revision = m_view->revision();
        QVector<QAccessible::Id> left = std::exchange(m_children, {});
        for (const SpokenItem &item : m_track->spokenItems(m_view->axis().scale())) {
            const auto known = std::find_if(left.cbegin(), left.cend(), [&](QAccessible::Id id) {
                return static_cast<ItemNode *>(QAccessible::accessibleInterface(id))->item() == item;
            });
            if (known != left.cend()) {
                m_children.append(*known);
                left.erase(known);
                continue;
            }
            auto *node = new ItemNode(*m_view, *const_cast<LaneNode *>(this), m_track->id(), item);
            m_children.append(QAccessible::registerAccessibleInterface(node));
        }
        forget(left);
    }

    TrackPtr m_track;
    mutable QVector<QAccessible::Id> m_children;
    mutable quint64 m_revision = ~quint64(0);
};

class LanesRoot final : public QAccessibleWidget
{
public:
    explicit LanesRoot(LaneView &view) : QAccessibleWidget(&view, QAccessible::Tree) {}
    ~LanesRoot() override
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }
    Q_DISABLE_COPY_MOVE(LanesRoot)

    [[nodiscard]] QString text(QAccessible::Text what) const override
    {
        if (what != QAccessible::Name)
            return QAccessibleWidget::text(what);
        const TimelineAxis &axis = view().axis();
        return LaneView::tr("Timeline, %1, %2")
            .arg(widgets::dayText(axis.day()), models::rangeText(axis.scale().range(), axis.zone()));
    }
    [[nodiscard]] int childCount() const override
    {
        refresh();
        return int(m_children.size());
    }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        refresh();
        return QAccessible::accessibleInterface(m_children.value(index));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        return int(m_children.indexOf(QAccessible::uniqueId(const_cast<QAccessibleInterface *>(child))));
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            QAccessibleInterface *lane = child(i);
            if (lane && lane->rect().contains(x, y))
                return lane;
        }
        return nullptr;
    }

private:
    [[nodiscard]] LaneView &view() const { return *static_cast<LaneView *>(widget()); }

    void refresh() const
    {
        QVector<QAccessible::Id> left = std::exchange(m_children, {});
        for (const LanePlace &lane : view().lanes()) {
            const auto known = std::find_if(left.cbegin(), left.cend(), [&](QAccessible::Id id) {
                return static_cast<LaneNode *>(QAccessible::accessibleInterface(id))->track() ==
                       lane.track->id();
            });
            if (known != left.cend()) {
                m_children.append(*known);
                left.erase(known);
                continue;
            }
            auto *node = new LaneNode(view(), *const_cast<LanesRoot *>(this), lane.track);
            m_children.append(QAccessible::registerAccessibleInterface(node));
        }
        for (const QAccessible::Id id : std::as_const(left))
            QAccessible::deleteAccessibleInterface(id);
    }

    mutable QVector<QAccessible::Id> m_children;
};

} // namespace

QAccessibleInterface *accessibleLanes(const QString &, QObject *object)
{
    auto *view = qobject_cast<LaneView *>(object);
    return view ? new LanesRoot(*view) : nullptr;
}

} // namespace gatehouse::timeline
