package io.github.camellva.examples.quarkus;

import java.nio.file.Path;

import io.quarkus.bootstrap.app.AugmentResult;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;

/** Builds the application as Quarkus' plugin for Maven does, which wants a newer Maven than this project. */
final class FastJar {

    private static Path built;

    private FastJar() {
    }

    /**
     * Once; what was compiled does not change afterwards.
     *
     * @return the jar to be run, in {@code target/quarkus-app}; what it needs is beside it
     */
    static synchronized Path build(Path module) throws Exception {
        if (built == null) {
            built = augment(module);
        }
        return built;
    }

    private static Path augment(Path module) throws Exception {
        Path target = module.resolve("target");
        QuarkusBootstrap bootstrap = QuarkusBootstrap.builder()
                .setMode(QuarkusBootstrap.Mode.PROD)
                .setProjectRoot(module)
                .setApplicationRoot(target.resolve("classes"))
                .setTargetDirectory(target)
                // the component as it is in this project, and not as it may be installed
                .setLocalProjectDiscovery(true)
                .setIsolateDeployment(true)
                .setBaseClassLoader(FastJar.class.getClassLoader())
                .build();
        try (CuratedApplication application = bootstrap.bootstrap()) {
            AugmentResult result = application.createAugmentor().createProductionApplication();
            return result.getJar().getPath();
        }
    }
}
