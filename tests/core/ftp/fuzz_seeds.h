// Dialogues to mutate: from real captures and logs if they exist on this machine, and our own.
#pragma once

#include <QByteArray>
#include <QList>
#include <QRandomGenerator>

namespace gatehouse::tests
{

QList<QByteArray> fuzzSeeds();
QByteArray clientHello(); // of TLS 1.2

// The same seed always yields the same inputs.
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
