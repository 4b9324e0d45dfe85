package io.github.camellva.examples.benchmark;

/** An extension. */
interface Server extends Party {

    /** The port that takes frames sent this way. */
    int port(Transfer transfer);

    /** @param question a {@link Transfer} */
    @Override
    default String answer(String... question) {
        return Integer.toString(port(Transfer.valueOf(question[0])));
    }
}
