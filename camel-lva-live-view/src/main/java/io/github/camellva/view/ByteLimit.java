package io.github.camellva.view;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes are held in all. Whoever takes some gives them back. */
final class ByteLimit {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    ByteLimit(long most) {
        this.most = most;
    }

    /** @return whether there was room */
    boolean take(long bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }

    long most() {
        return most;
    }
}
