package io.github.camellva.onnx.model;

import java.util.HashMap;
import java.util.Map;

/**
 * The models of all endpoints. Each is loaded once, however many use it with the same settings, and closed when the last has
 * given it back. Safe for use by many threads.
 */
public final class ModelStore {

    private record Key(ModelFile file, ModelSettings settings) {
    }

    private static final class Entry {
        private final LoadedModel model;
        private int users;

        Entry(LoadedModel model) {
            this.model = model;
        }
    }

    private final Map<Key, Entry> entries = new HashMap<>();

    /**
     * To be given back by {@link #release}.
     *
     * @param  most           models that may be loaded
     * @throws ModelException if it cannot be used, or is one too many
     */
    public synchronized LoadedModel acquire(ModelFile file, ModelSettings settings, int most) throws ModelException {
        Key key = new Key(file, settings);
        Entry entry = entries.get(key);
        if (entry == null) {
            if (entries.size() >= most) {
                throw new ModelException(file.name() + ": " + most + " models are loaded already, which is what maxModels of the"
                                         + " component lvaonnx allows; raise it, or use fewer");
            }
            entry = new Entry(LoadedModel.load(file, settings));
            entries.put(key, entry);
        }
        entry.users++;
        return entry.model;
    }

    public synchronized void release(LoadedModel model) {
        entries.values().removeIf(entry -> {
            if (entry.model != model || --entry.users > 0) {
                return false;
            }
            model.close();
            return true;
        });
    }
}
