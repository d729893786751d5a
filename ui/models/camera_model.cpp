#include "models/camera_model.h"

#include "base/when_done.h"
#include "models/refresh_throttle.h"
#include "models/row_diff.h"
#include "protocol/camera.h"
#include "widgets/format.h"

#include <algorithm>

namespace gatehouse::models
{

namespace
{
constexpr int kCameraRefreshMs = 100;
constexpr int kAgesMs = 15'000;
constexpr qint64 kReportingMs = 24 * 3'600'000;
constexpr qint64 kTestShownMs = 10 * 60'000;

QString briefOf(const protocol::CameraFault &fault)
{
    return textOf(fault).brief.arg(widgets::sinceText(fault.first));
}

CameraModel::Trouble troubleBy(const protocol::CameraFault &fault, const catalog::Camera &camera)
{
    return {camera.id,   camera.user, camera.name, briefOf(fault), textOf(fault).sentences(),
            fault.first, fault};
}

QString toolTipOf(const QString &name, const QString &age, const protocol::CameraFault *fault)
{
    QStringList lines{name, age};
    if (fault) {
        const protocol::FaultText text = textOf(*fault);
        lines << text.what << text.todo;
        lines.removeAll(QString());
    }
    return lines.join(QLatin1Char('\n'));
}
} // namespace

CameraModel::CameraModel(const Services &services, const Clock &clock, QObject *parent)
    : QAbstractListModel(parent), m_services(services), m_clock(clock),
      m_refresh(new RefreshThrottle(
          kCameraRefreshMs, [this] { read(); }, this))
{
    auto &changes = m_services.changes;
    const auto request = [this] { m_refresh->request(); };
    connect(&changes, &catalog::Changes::camerasChanged, this, request);
    connect(&changes, &catalog::Changes::itemsAdded, this, request);
    connect(&changes, &catalog::Changes::itemsChanged, this, request);
    connect(&changes, &catalog::Changes::itemsRemoved, this, request);
    connect(&changes, &catalog::Changes::reset, this, request);
    connect(&m_ages, &QTimer::timeout, this, &CameraModel::refreshAges);
    m_ages.start(kAgesMs);
    m_refresh->request();
}

CameraModel::~CameraModel() = default;

void CameraModel::read()
{
    const auto question = [](catalog::Reader &reader) { return reader.cameras(); };
    whenDone(m_services.reader.ask(question), this, [this](const Result<QVector<catalog::Camera>> &cameras) {
        if (cameras) {
            // In the catalog's order, which is the timeline's too.
            RowDiff::apply(this, m_cameras, *cameras, [](const auto &c) { return c.id; });
            m_loaded = true;
            Q_EMIT updated();
        }
        m_refresh->finished();
    });
}

int CameraModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_cameras.size());
}

QVariant CameraModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const catalog::Camera &camera = m_cameras[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return camera.name;
    case Qt::ToolTipRole:
        return toolTipOf(camera.name, ageOf(camera), faultOf(camera));
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(camera.name, ageOf(camera));
    case Qt::CheckStateRole:
        return int(m_hidden.contains(camera.id) ? Qt::Unchecked : Qt::Checked);
    case IdRole:
        return QVariant::fromValue(camera.id);
    case PosterRole:
        return QVariant::fromValue(camera.latestPoster);
    case AgeRole:
        return ageOf(camera);
    case StatusRole:
        return QVariant::fromValue(statusOf(camera));
    default:
        return {};
    }
}

bool CameraModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const catalog::Camera &camera = m_cameras[index.row()];
    if (role == Qt::CheckStateRole) {
        QSet<CameraId> hidden = m_hidden;
        if (value.toInt() == Qt::Checked)
            hidden.remove(camera.id);
        else
            hidden.insert(camera.id);
        setHidden(hidden);
        return true;
    }
    const QString name = value.toString().simplified();
    if (role != Qt::EditRole || name.isEmpty() || name == camera.name)
        return false;
    rename(camera.id, name);
    return true;
}

void CameraModel::rename(CameraId camera, const QString &name)
{
    // The row changes when the engine has told so: what is shown is what is stored.
    whenDone(m_services.commands.send(protocol::RenameCamera{camera, name}), this,
             [this](const Result<protocol::Nothing> &answer) {
                 if (answer)
                     m_refresh->request();
                 else
                     Q_EMIT renameFailed(answer.error().text);
             });
}

Qt::ItemFlags CameraModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractListModel::flags(index);
    if (index.isValid())
        flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
    return flags;
}

const catalog::Camera *CameraModel::camera(CameraId id) const
{
    const auto found = std::find_if(m_cameras.begin(), m_cameras.end(),
                                    [id](const catalog::Camera &camera) { return camera.id == id; });
    return found == m_cameras.end() ? nullptr : &*found;
}

QModelIndex CameraModel::indexOf(CameraId id) const
{
    const catalog::Camera *found = camera(id);
    return found ? index(int(found - m_cameras.constData()), 0) : QModelIndex();
}

QString CameraModel::nameOf(CameraId id) const
{
    const catalog::Camera *found = camera(id);
    return found ? found->name : QString();
}

QString CameraModel::userOf(AccountId account) const
{
    const auto found =
        std::find_if(m_cameras.begin(), m_cameras.end(),
                     [account](const catalog::Camera &camera) { return camera.account == account; });
    return found == m_cameras.end() ? QString() : found->user;
}

bool CameraModel::hasUser(const QString &user) const
{
    return std::any_of(m_cameras.begin(), m_cameras.end(),
                       [&](const catalog::Camera &camera) { return camera.user == user; });
}

bool CameraModel::isReporting(const catalog::Camera &camera) const
{
    return camera.lastReceived > m_clock.now() - kReportingMs;
}

int CameraModel::reporting() const
{
    return int(std::count_if(m_cameras.begin(), m_cameras.end(), [&](const catalog::Camera &camera) {
        const protocol::CameraFault *fault = faultOf(camera);
        return isReporting(camera) && (!fault || protocol::isReceived(fault->kind));
    }));
}

void CameraModel::setHidden(const QSet<CameraId> &cameras)
{
    if (m_hidden == cameras)
        return;
    m_hidden = cameras;
    if (!m_cameras.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_cameras.size()) - 1, 0), {Qt::CheckStateRole});
    Q_EMIT hiddenChanged(m_hidden);
}

void CameraModel::setFaults(const QVector<protocol::CameraFault> &faults,
                            const QVector<protocol::TestUpload> &tests)
{
    if (m_faults == faults && m_tests == tests)
        return;
    m_faults = faults;
    m_tests = tests;
    refreshAges();
    Q_EMIT updated();
}

const protocol::CameraFault *CameraModel::faultOf(const catalog::Camera &camera) const
{
    return protocol::faultOf(m_faults, camera.user, camera.id);
}

qint64 CameraModel::testOf(const catalog::Camera &camera) const
{
    for (const protocol::TestUpload &test : m_tests) {
        const bool isShown = camera.lastReceived == 0 ||
                             (test.at > camera.lastReceived && m_clock.now() - test.at < kTestShownMs);
        if (test.user == camera.user && isShown)
            return test.at;
    }
    return 0;
}

CameraModel::Trouble CameraModel::firstTrouble() const
{
    return troubles().value(0);
}

QVector<CameraModel::Trouble> CameraModel::troubles() const
{
    QVector<Trouble> out;
    QSet<QString> seen;
    for (const catalog::Camera &camera : m_cameras) {
        const protocol::CameraFault *fault = faultOf(camera);
        if (fault == nullptr || seen.contains(camera.user))
            continue;
        seen.insert(camera.user);
        out.append(troubleBy(*fault, camera));
    }
    return out;
}

std::optional<CameraModel::Trouble> CameraModel::troubleOf(CameraId id) const
{
    const catalog::Camera *camera = this->camera(id);
    const protocol::CameraFault *fault = camera ? faultOf(*camera) : nullptr;
    return fault ? std::optional(troubleBy(*fault, *camera)) : std::nullopt;
}

void CameraModel::refreshAges()
{
    if (!m_cameras.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_cameras.size()) - 1, 0),
                           {AgeRole, StatusRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

QString CameraModel::ageOf(const catalog::Camera &camera) const
{
    if (const protocol::CameraFault *fault = faultOf(camera))
        return briefOf(*fault);
    if (const qint64 test = testOf(camera); test != 0)
        return tr("Test received at %1").arg(widgets::sinceText(test));
    return camera.lastReceived == 0 ? tr("nothing yet")
                                    : widgets::ageText(camera.lastReceived, m_clock.now());
}

CameraModel::Status CameraModel::statusOf(const catalog::Camera &camera) const
{
    if (const protocol::CameraFault *fault = faultOf(camera))
        return protocol::isReceived(fault->kind) ? Status::Attention : Status::Trouble;
    return camera.lastReceived == 0 ? Status::Waiting : Status::Working;
}

} // namespace gatehouse::models
