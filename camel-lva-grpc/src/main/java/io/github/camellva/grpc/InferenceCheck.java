package io.github.camellva.grpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.inference.InvalidInferenceException;
import io.github.camellva.grpc.inference.Plausibility;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.proto.Inference;

/** What becomes of inferences that no model can mean. Safe for use by many threads. */
final class InferenceCheck {

    /** The values of the option. */
    enum InvalidInferences {
        ACCEPT, WARN, REFUSE
    }

    /** A session that was warned of longer ago than so many others is warned of again. */
    private static final int MOST_SESSIONS = 1000;

    private final InvalidInferences invalidInferences;
    private final RateLimitedLog log;
    @GuardedBy("warned")
    private final Map<String, Boolean> warned = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_SESSIONS;
        }
    };

    InferenceCheck(InvalidInferences invalidInferences, RateLimitedLog log) {
        this.invalidInferences = invalidInferences;
        this.log = log;
    }

    /**
     * @param  session                   its name for people, which is asked for when something is wrong; warned of once
     * @throws InvalidInferenceException naming the first that cannot be meant, when such are refused
     */
    void check(Supplier<String> session, List<Inference> inferences) {
        if (invalidInferences == InvalidInferences.ACCEPT) {
            return;
        }
        Optional<Plausibility.Doubt> doubt = Plausibility.doubt(inferences);
        if (doubt.isEmpty()) {
            return;
        }
        if (invalidInferences == InvalidInferences.REFUSE) {
            throw new InvalidInferenceException(doubt.get().path(), doubt.get().problem());
        }
        String name = session.get();
        if (isFirstOf(name)) {
            log.warn("Inferences of {} cannot be meant as they are: {}: {}. They are passed on; this is said once of a session, and"
                     + " invalidInferences=refuse makes failures of such frames",
                    name, doubt.get().path(), doubt.get().problem());
        }
    }

    private boolean isFirstOf(String session) {
        synchronized (warned) {
            return warned.put(session, true) == null;
        }
    }
}
