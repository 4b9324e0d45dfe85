package io.github.camellva.tools.check;

/**
 * One rule of the specification.
 *
 * @param id      such as HS-3
 * @param chapter whose rule it is: the title of a section
 * @param text    what it says
 * @param source  where that is known from, by the specification's letters
 */
public record Rule(String id, Level level, String chapter, String text, String source) {
}
