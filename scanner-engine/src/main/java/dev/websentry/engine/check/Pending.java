package dev.websentry.engine.check;

import dev.websentry.engine.observe.Observations;

/** Holds a category's place until its checks stand. */
public record Pending(Category category) implements Check {
    @Override
    public Definition definition() {
        return Definition.of(category.key() + ".pending", category.title(), category, category.maxScore())
                .build();
    }

    @Override
    public Verdict judge(Observations seen) {
        return Verdict.notChecked("not built yet");
    }
}
