"""从 Excel 导入参赛单位: what each line would do, before anything is stored."""
