package io.github.camellva.onnx;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.github.camellva.grpc.text.Printable;
import io.github.camellva.onnx.model.LoadedModel;
import io.github.camellva.onnx.model.ModelException;
import io.github.camellva.onnx.model.ModelFile;
import io.github.camellva.onnx.model.ModelSettings;
import io.github.camellva.onnx.model.ModelStore;

/**
 * The models of an endpoint, all of them loaded: one that is broken is told before any frame comes, and no frame waits until one
 * is loaded.
 */
final class ModelSet implements AutoCloseable {

    private final ModelStore store;
    /** In the order of their names. */
    private final Map<String, LoadedModel> byName = new TreeMap<>();

    private ModelSet(ModelStore store) {
        this.store = store;
    }

    /** @throws ModelException naming the first that cannot be used */
    static ModelSet load(List<ModelFile> files, ModelSettings settings, ModelStore store, int most) throws ModelException {
        ModelSet models = new ModelSet(store);
        boolean complete = false;
        try {
            for (ModelFile file : files) {
                models.byName.put(file.name(), store.acquire(file, settings, most));
            }
            complete = true;
            return models;
        } finally {
            if (!complete) {
                models.close();
            }
        }
    }

    Collection<LoadedModel> all() {
        return byName.values();
    }

    /**
     * Names are looked up and nothing else, so that none leads to a file.
     *
     * @param  name                     empty if none is asked for; that is enough when there is only one
     * @throws IllegalArgumentException if there is none of that name
     */
    LoadedModel get(Optional<String> name) {
        if (name.isEmpty() && byName.size() == 1) {
            return byName.values().iterator().next();
        }
        LoadedModel model = name.map(byName::get).orElse(null);
        if (model == null) {
            throw new IllegalArgumentException(
                    name.map(unknown -> "there is no model '" + Printable.of(unknown) + "'").orElse("no model is chosen")
                                               + "; the header " + LvaOnnxConstants.MODEL
                                               + " or the extension configuration may name one of " + byName.keySet());
        }
        return model;
    }

    /** @throws IllegalArgumentException naming a class that no model has */
    void requireClasses(Set<String> classes) {
        for (String name : classes) {
            if (all().stream().noneMatch(model -> model.labels().contains(name))) {
                throw new IllegalArgumentException(
                        "classes has '" + Printable.of(name) + "', which is no label of the model; it has "
                                                   + Printable.of(all().iterator().next().labels().toString(), 1000));
            }
        }
    }

    @Override
    public void close() {
        byName.values().forEach(store::release);
        byName.clear();
    }
}
