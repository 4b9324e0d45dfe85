package io.github.camellva.video.source;

/** What a source is doing. */
public enum PlayerState {

    CONNECTING("connecting"),
    PLAYING("playing"),
    /** Lost, or not there yet; it is tried again after a while. */
    WAITING_TO_RECONNECT("waiting to reconnect"),
    SUSPENDED("suspended"),
    /** Played to its end. */
    ENDED("ended"),
    /** Given up, since trying again would not help. */
    FAILED("failed"),
    STOPPED("stopped");

    private final String words;

    PlayerState(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
