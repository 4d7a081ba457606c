# Figures of COINr's own example (ASEM, 51 countries, 49 indicators), computed once by COINr 1.1.14 itself.
# Run: Rscript make_fixture.R PATH_OF_THE_COINR_SOURCES     writes items.csv, treated.csv and expected.csv beside this script
# Needs base R alone: the functions used here touch none of COINr's plotting or Excel dependencies.
source_folder <- commandArgs(trailingOnly = TRUE)[1]
for (file in list.files(file.path(source_folder, "R"), full.names = TRUE)) {
  if (!grepl("zzz", file)) eval(parse(text = gsub("COINr::", "", readLines(file))), globalenv())
}
for (name in c("ASEM_iData", "ASEM_iMeta", "WorldDenoms")) load(file.path(source_folder, "data", paste0(name, ".rda")))

coin <- build_example_coin(quietly = TRUE)
meta <- coin$Meta$Ind
indicators <- meta[meta$Level == 1 & meta$Type == "Indicator", ]
pillars <- meta$iCode[meta$Level == 2 & meta$Type == "Aggregate"]
groups <- meta[match(pillars, meta$iCode), "Parent"]

# what the example normalises: min-max to 0-100 over these, the smaller the better where the direction is -1
treated <- coin$Data$Treated[order(coin$Data$Treated$uCode), ]
treated[-1] <- lapply(treated[-1], signif, digits = 15)
arithmetic <- coin$Data$Aggregated[order(coin$Data$Aggregated$uCode), ]
geometric <- Aggregate(coin, dset = "Normalised", f_ag = c("a_amean", "a_gmean", "a_gmean"), out2 = "df")
geometric <- geometric[match(arithmetic$uCode, coin$Data$Normalised$uCode), ]
if (!is.null(geometric$uCode)) stopifnot(all(geometric$uCode == arithmetic$uCode))
alpha <- sapply(pillars, function(code) get_cronbach(coin, dset = "Normalised", iCodes = code, Level = 1, use = "everything"))

items <- data.frame(item = indicators$iCode, pillar = indicators$Parent, direction = indicators$Direction, weight = indicators$Weight)
places <- data.frame(pillar = pillars, group = groups, weight = meta[match(pillars, meta$iCode), "Weight"], alpha = alpha)
expected <- cbind(
  country = arithmetic$uCode, arithmetic[pillars],
  index_arithmetic = arithmetic$Index, index_geometric = geometric$Index,
  rank_arithmetic = rank(-arithmetic$Index), rank_geometric = rank(-geometric$Index)
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
options(digits = 15)
write.csv(items, file.path(here, "items.csv"), row.names = FALSE, quote = FALSE)
write.csv(places, file.path(here, "pillars.csv"), row.names = FALSE, quote = FALSE)
write.csv(treated, file.path(here, "treated.csv"), row.names = FALSE, quote = FALSE)
write.csv(expected, file.path(here, "expected.csv"), row.names = FALSE, quote = FALSE)
