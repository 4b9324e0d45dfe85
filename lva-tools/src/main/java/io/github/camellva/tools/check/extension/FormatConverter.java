package io.github.camellva.tools.check.extension;

import io.github.camellva.tools.check.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Formats on the command line. */
final class FormatConverter implements ITypeConverter<Format> {

    @Override
    public Format convert(String text) {
        try {
            return Format.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
