package io.github.camellva.tools.check.extension;

/** What a case cannot do without. */
enum Need {

    SHARED_MEMORY("no shared memory: the extension is on another machine, or --shared-memory=no"),
    CREDENTIALS("no --username and --password"),
    TLS("no --tls or --trust"),
    PLAIN_TEXT("the connection is secured"),
    RAW("the format of this run is not RAW"),
    HOSTILE("it may do harm: --hostile");

    private final String missing;

    Need(String missing) {
        this.missing = missing;
    }

    /** Why a case is skipped that has it. */
    String missing() {
        return missing;
    }
}
