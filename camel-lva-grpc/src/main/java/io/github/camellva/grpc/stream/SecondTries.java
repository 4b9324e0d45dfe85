package io.github.camellva.grpc.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * What failed for want of memory and must be done all the same, to be tried again now and then. Adding to it needs no memory. Safe
 * for use by many threads.
 */
public final class SecondTries {

    /** Something to be done, which is in the list once at most. */
    abstract static class SecondTry {

        private @Nullable SecondTry next;
        private boolean listed;

        abstract void again();
    }

    @GuardedBy("this")
    private @Nullable SecondTry first;

    /** Tries what has failed once more; what fails again stays. To be called now and then. */
    public void run() {
        SecondTry retry = takeAll();
        while (retry != null) {
            SecondTry current = retry;
            retry = next(current);
            try {
                current.again();
            } catch (Throwable e) {
                // for the same reason, most likely
                add(current);
            }
        }
    }

    synchronized void add(SecondTry failed) {
        if (!failed.listed) {
            failed.listed = true;
            failed.next = first;
            first = failed;
        }
    }

    private synchronized @Nullable SecondTry takeAll() {
        SecondTry all = first;
        first = null;
        return all;
    }

    private synchronized @Nullable SecondTry next(SecondTry current) {
        SecondTry next = current.next;
        current.next = null;
        current.listed = false;
        return next;
    }
}
