package io.github.camellva.examples.quarkus;

import java.nio.file.Path;

import io.quarkus.bootstrap.app.AugmentResult;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;

/** Builds the application as Quarkus' plugin for Maven does. */
final class FastJar {

    private FastJar() {
    }

    public static void main(String[] a) throws Exception {
        System.out.println(build(Path.of(a[0])));
    }

    /** @return the jar to be run; what it needs is beside it */
    static Path build(Path project) throws Exception {
        Path target = project.resolve("target");
        QuarkusBootstrap bootstrap = QuarkusBootstrap.builder()
                .setMode(QuarkusBootstrap.Mode.PROD)
                .setProjectRoot(project)
                .setApplicationRoot(target.resolve("classes"))
                .setTargetDirectory(target)
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
