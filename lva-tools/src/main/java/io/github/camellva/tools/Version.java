package io.github.camellva.tools;

import picocli.CommandLine.IVersionProvider;

/** The version of this program and of the Java that runs it. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] { "lva " + number(), "Java " + Runtime.version() + ", " + System.getProperty("os.name") };
    }

    /** As the jar's manifest has it. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
