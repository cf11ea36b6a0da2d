// What Prettier does not see: duplicates, unknown properties, old notations. Our one sheet is ordered by component, so a
// later selector may well be less specific than an earlier one.
export default {
  extends: ['stylelint-config-standard'],
  rules: { 'no-descending-specificity': null },
};
