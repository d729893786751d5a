// A splitter with a hairline divider; a double click on it requests the default sizes. GUI thread.
#pragma once

#include <QSplitter>

namespace gatehouse::review
{

class Splitter : public QSplitter
{
    Q_OBJECT

public:
    explicit Splitter(Qt::Orientation orientation, QWidget *parent = nullptr);

Q_SIGNALS:
    void resetRequested();

protected:
    QSplitterHandle *createHandle() override;
};

} // namespace gatehouse::review
