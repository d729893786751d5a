// How many files the engine may have open, sockets among them: the system's default of 1024 is less than the
// receiver's sessions need when all of them send. Engine's main thread.
#pragma once

namespace gatehouse::app
{

class Problems;

class DescriptorLimit
{
public:
    // As high as the system allows and is of use; a problem where that is too little for all sessions.
    void raise(Problems &problems);
    [[nodiscard]] int now() const { return m_now; }
    // How many sessions can all have their sockets and their file, next to what the engine needs itself.
    [[nodiscard]] int sessions() const;

private:
    int m_now = 0;
};

} // namespace gatehouse::app
