// Random damage for fuzzing: what bit rot, cut uploads, concatenated files and attackers do to a file. The
// same seed gives the same inputs. Any thread, one owner.
#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <QVector>

namespace gatehouse::tests
{

class Mutations
{
public:
    Mutations(QVector<QByteArray> seeds, quint32 randomSeed) : m_seeds(std::move(seeds)), m_random(randomSeed)
    {
    }

    QByteArray next();

private:
    qsizetype placeIn(const QByteArray &bytes);
    void change(QByteArray &bytes);

    QVector<QByteArray> m_seeds;
    QRandomGenerator m_random;
};

} // namespace gatehouse::tests
