package io.github.camellva.tools.check.extension;

import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/** Sequence numbers that follow one another. */
record Numbers(long first, long last) implements Iterable<Long> {

    int count() {
        return (int) (last - first + 1);
    }

    List<Long> list() {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Override
    public Iterator<Long> iterator() {
        return list().iterator();
    }

    @Override
    public String toString() {
        return first == last ? Long.toUnsignedString(first) : first + " to " + last;
    }
}
