// The engine's limit on open files, sockets included: the system's default of 1024 is too low if all of the
// receiver's sessions send. Engine's main thread.
#pragma once

namespace gatehouse::app
{

class Problems;

class DescriptorLimit
{
public:
    // Raises it as far as is allowed and useful; a problem if that is too little for all sessions.
    void raise(Problems &problems);
    [[nodiscard]] int now() const { return m_now; }
    // How many sessions can have their sockets and file open, in addition to the engine's own needs.
    [[nodiscard]] int sessions() const;

private:
    int m_now = 0;
};

} // namespace gatehouse::app
