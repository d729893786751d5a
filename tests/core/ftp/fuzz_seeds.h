// Dialogues to mutate: of real captures and logs where they are on this machine, and our own.
#pragma once

#include <QByteArray>
#include <QList>
#include <QRandomGenerator>

namespace gatehouse::tests
{

QList<QByteArray> fuzzSeeds();
QByteArray clientHello(); // of TLS 1.2

// Always the same inputs for the same number.
class Mutator
{
public:
    Mutator(QList<QByteArray> seeds, quint32 number) : m_seeds(std::move(seeds)), m_random(number) {}
    QByteArray next();
    int random(int below) { return m_random.bounded(below); }

private:
    void mutate(QByteArray &bytes);
    QList<QByteArray> m_seeds;
    QRandomGenerator m_random;
};

} // namespace gatehouse::tests
