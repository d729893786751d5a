// Aborts multipart uploads below our root that no row goes on with: of items that were removed while the
// engine was not running, and of runs that were killed before they had recorded the id. They cannot be seen
// in a listing, and cost as much as objects. Runs before this run makes any of its own. One thread.
#pragma once

#include "catalog/writer.h"
#include "s3/client.h"

#include <QObject>
#include <QSet>

namespace gatehouse::offsite
{

class StaleUploads : public QObject
{
    Q_OBJECT

public:
    StaleUploads(s3::Client &client, catalog::Writer &writer, QString root, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    // False: the server or the network is in trouble; try again. A key that may not list is no such trouble:
    // the bucket's own rules have to clean up then.
    void ended(bool isDone);

private:
    void nextPage(const QString &keyMarker, const QByteArray &idMarker);

    s3::Client &m_client;
    catalog::Writer &m_writer;
    QString m_root;
    QSet<QByteArray> m_ours;
};

} // namespace gatehouse::offsite
