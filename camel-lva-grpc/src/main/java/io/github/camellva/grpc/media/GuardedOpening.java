package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens files in a directory that others write to. Opening a pipe blocks until somebody writes to it, Java cannot open without
 * blocking, and a check beforehand loses the race against whoever swaps a file for a pipe. So some threads do nothing but open
 * files, and callers wait for them for a limited time. Each user's files have threads of their own: where everybody may write but
 * remove only what is theirs, as in /dev/shm, nobody's pipes hold up the files of others.
 */
final class GuardedOpening {

    private static final int THREADS_PER_USER = 4;
    private static final int MOST_USERS = 64;
    private static final Object NOBODY = "nobody";
    private static final int WAITING = 1024;
    private static final int LIMIT_SECONDS = 2;
    /** By the user's number. */
    private static final Map<Object, ThreadPoolExecutor> OPENERS = new ConcurrentHashMap<>();

    /** @param <T> an open file */
    @FunctionalInterface
    interface Opening<T extends AutoCloseable> {
        T open() throws IOException;
    }

    private GuardedOpening() {
    }

    /**
     * Opens a regular file; interrupts of the calling thread do not matter.
     *
     * @throws IOException if it is not a regular file, cannot be opened, or takes too long to open
     */
    static <T extends AutoCloseable> T open(Path file, Opening<T> opening) throws IOException {
        CompletableFuture<T> opened = new CompletableFuture<>();
        ThreadPoolExecutor openers = openersOf(owner(file));
        try {
            openers.execute(() -> open(file, opening, opened));
            return opened.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (RejectedExecutionException e) {
            throw new IOException("too many files are being opened at once; try again later", e);
        } catch (CompletionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static <T extends AutoCloseable> void open(Path file, Opening<T> opening, CompletableFuture<T> opened) {
        if (opened.isDone()) {
            return;
        }
        try {
            requireRegular(file);
            T channel = opening.open();
            if (!opened.complete(channel)) {
                channel.close();
            }
        } catch (Throwable e) {
            opened.completeExceptionally(e);
        }
    }

    private static void requireRegular(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isRegularFile()) {
            throw new IOException("it is not a regular file");
        }
    }

    private static IOException unwrapped(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return new IOException("it could not be opened within " + LIMIT_SECONDS + " seconds", cause);
        }
        if (cause instanceof IOException e) {
            return e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return new IOException(cause);
    }

    /** Beyond the most users, who are no users but an attack, the rest have the openers of nobody in common. */
    private static ThreadPoolExecutor openersOf(Object owner) {
        return OPENERS.computeIfAbsent(
                OPENERS.size() < MOST_USERS || OPENERS.containsKey(owner) ? owner : NOBODY, any -> openers());
    }

    /** The same for all where files have no owners. */
    private static Object owner(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS) : NOBODY;
    }

    private static ThreadPoolExecutor openers() {
        ThreadPoolExecutor openers = new ThreadPoolExecutor(
                THREADS_PER_USER, THREADS_PER_USER, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "lvagrpc-open");
                    thread.setDaemon(true);
                    return thread;
                });
        openers.allowCoreThreadTimeOut(true);
        return openers;
    }
}
