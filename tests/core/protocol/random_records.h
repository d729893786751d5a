// Random values of the protocol's structs, made from their field lists; texts hold quotes, line ends, NULs
// and what is outside of the basic plane. One thread.
#pragma once

#include "protocol/changes.h"
#include "protocol/codec.h"

#include <random>

namespace gatehouse::tests
{

class RandomRecords
{
public:
    explicit RandomRecords(quint32 seed) : m_engine(seed) {}

    template<protocol::Record T>
    T make()
    {
        T out;
        const auto fill = [&]<typename V>(const protocol::Field<T, V> &field) {
            out.*field.member = value<V>(field.min, field.max);
        };
        std::apply([&](const auto &...field) { (fill(field), ...); }, T::fields());
        return out;
    }

    qint64 number(qint64 min, qint64 max)
    {
        return std::uniform_int_distribution<qint64>(min, max)(m_engine);
    }

private:
    template<typename V>
    V value(qint64 min, qint64 max)
    {
        if constexpr (std::same_as<V, bool>) {
            return number(0, 1) == 1;
        } else if constexpr (protocol::Number<V>) {
            return V(number(std::max<qint64>(min, std::numeric_limits<V>::min()),
                            std::min<qint64>(max, std::numeric_limits<V>::max())));
        } else if constexpr (std::is_enum_v<V>) {
            return V(number(0, qint64(namesOf(V()).size()) - 1));
        } else if constexpr (std::same_as<V, QString>) {
            return text();
        } else if constexpr (std::same_as<V, QByteArray>) {
            return text().toUtf8();
        } else if constexpr (std::same_as<V, QJsonObject>) {
            return QJsonObject{{text(), number(-9, 9)}, {QStringLiteral("in"), QJsonObject{{text(), true}}}};
        } else if constexpr (std::same_as<V, catalog::ItemChange>) {
            const qint64 start = number(0, qint64(1) << 42);
            return {value<ItemId>(0, 0), value<CameraId>(0, 0),   value<EventId>(0, 0),
                    Kind(number(0, 3)),  ItemState(number(0, 4)), TimeRange{start, start + number(0, 1000)}};
        } else if constexpr (protocol::Record<V>) {
            return make<V>();
        } else {
            return several(static_cast<V *>(nullptr), min, max);
        }
    }

    template<typename Tag>
    Id<Tag> several(Id<Tag> *, qint64, qint64)
    {
        return Id<Tag>{number(0, (qint64(1) << 53) - 1)};
    }

    template<typename V>
    std::optional<V> several(std::optional<V> *, qint64 min, qint64 max)
    {
        return number(0, 1) == 0 ? std::nullopt : std::optional<V>(value<V>(min, max));
    }

    template<typename V>
    QVector<V> several(QVector<V> *, qint64 min, qint64)
    {
        QVector<V> out;
        for (qint64 left = number(std::max<qint64>(min, 0), 5); left > 0; --left)
            out.append(value<V>(std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max()));
        return out;
    }

    template<typename V>
    QMap<QString, V> several(QMap<QString, V> *, qint64, qint64)
    {
        QMap<QString, V> out;
        for (qint64 left = number(0, 4); left > 0; --left)
            out.insert(text(), value<V>(-1, 1000));
        return out;
    }

    QString text()
    {
        static const QString pieces[] = {QStringLiteral("Front door"),
                                         QStringLiteral("\""),
                                         QStringLiteral("\\"),
                                         QStringLiteral("\n\t"),
                                         QString(QChar(0)),
                                         QStringLiteral("Hof Süd"),
                                         QString::fromUtf8("\xF0\x9F\x93\xB7"),
                                         QStringLiteral("}{][,:")};
        QString out;
        for (qint64 left = number(0, 4); left > 0; --left)
            out += pieces[number(0, qint64(std::size(pieces)) - 1)];
        return out;
    }

    std::mt19937 m_engine;
};

} // namespace gatehouse::tests
